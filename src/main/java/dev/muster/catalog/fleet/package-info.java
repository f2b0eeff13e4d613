/** What is remembered of fleets: their tenants, what was chosen for each slot and from what, and what became of it. */
package dev.muster.catalog.fleet;
