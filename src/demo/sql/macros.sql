-- Helpers of samples.sql. rnd: uniform in [0, 1), a function of a slot, a purpose and the seed alone.
CREATE OR REPLACE TEMP MACRO rnd(slot, purpose) AS
  (hash(slot::BIGINT, purpose, getvariable('seed')) % 1000003) / 1000003.0;

-- Rates are stored with four significant digits.
CREATE OR REPLACE TEMP MACRO four_digits(x) AS
  (CASE WHEN x < 1 THEN 0 ELSE round(x, 3 - floor(log10(x))::INTEGER) END)::BIGINT;
