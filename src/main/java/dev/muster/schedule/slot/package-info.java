/** Sees to it that every slot is taken, missed or forbidden, and that the ledger says so. */
package dev.muster.schedule.slot;
