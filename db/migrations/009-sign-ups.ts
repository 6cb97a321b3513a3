import type { Migration } from './index.ts'

export const signUps: Migration = {
  name: '009-sign-ups',
  sql: `
CREATE TABLE sign_up (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  party TEXT NOT NULL,
  resident_id INTEGER REFERENCES resident (id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  via TEXT NOT NULL CHECK (via IN ('chat','chain','phone','door')),
  room_id INTEGER REFERENCES room (id),
  state TEXT NOT NULL CHECK (state IN ('taken','offered','waiting','lapsed','cancelled')),
  ended TEXT CHECK (ended IN ('self','staff','list','merged')),
  seat INTEGER NOT NULL DEFAULT 0 CHECK (seat >= 0),
  turn INTEGER NOT NULL,
  offer_until_at TEXT CHECK (offer_until_at GLOB '????-??-??T??:??:??.???Z'),
  arrived_at TEXT CHECK (arrived_at GLOB '????-??-??T??:??:??.???Z'),
  reminded_at TEXT CHECK (reminded_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (occurrence_id, party),
  CHECK ((seat > 0) = (state = 'taken' OR state = 'offered')),
  CHECK ((offer_until_at IS NOT NULL) = (state = 'offered')),
  CHECK ((ended IS NOT NULL) = (state = 'cancelled'))
) STRICT;
-- a seat is given once
CREATE UNIQUE INDEX sign_up_seat ON sign_up (occurrence_id, seat) WHERE seat > 0;
-- offers that have lapsed
CREATE INDEX sign_up_offer ON sign_up (offer_until_at) WHERE state = 'offered';
-- occurrences with somebody on the waiting list
CREATE INDEX sign_up_waiting ON sign_up (occurrence_id) WHERE state = 'waiting';
-- what a resident has signed up for
CREATE INDEX sign_up_resident ON sign_up (resident_id) WHERE resident_id IS NOT NULL;

CREATE TABLE chain (
  id INTEGER PRIMARY KEY,
  occurrence_id INTEGER NOT NULL REFERENCES occurrence (id),
  room_id INTEGER NOT NULL REFERENCES room (id),
  resident_id INTEGER NOT NULL REFERENCES resident (id),
  names TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
-- the earlier versions of a list
CREATE INDEX chain_of ON chain (occurrence_id, room_id);

-- what people at the door say to check in, another one for each occurrence
ALTER TABLE occurrence ADD COLUMN code TEXT NOT NULL DEFAULT '';
UPDATE occurrence SET code = printf('%04d', abs(random() % 10000));
ALTER TABLE occurrence ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- when staff were asked whether it was held
ALTER TABLE occurrence ADD COLUMN asked_at TEXT CHECK (asked_at GLOB '????-??-??T??:??:??.???Z');
`,
}
