/** Where the ledger's checkpoints go, so that whoever keeps the ledger cannot change it unnoticed. */
package dev.muster.orchestrator.outside;
