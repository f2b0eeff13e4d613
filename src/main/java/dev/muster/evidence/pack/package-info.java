/** The auditor's pack: all evidence of a period, and the proof from the ledger that nothing was left out. */
package dev.muster.evidence.pack;
