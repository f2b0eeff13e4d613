/** The append-only, hash-chained list of every event of every drill. */
package dev.muster.ledger;
