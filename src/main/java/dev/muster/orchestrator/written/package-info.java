/** A drill in the forms of the catalog, from what is written of it: its record, what follows its bundle, the ledger. */
package dev.muster.orchestrator.written;
