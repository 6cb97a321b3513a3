import { type Item, lengthOf, type NumberItem } from '../../content/survey-schema.ts'
