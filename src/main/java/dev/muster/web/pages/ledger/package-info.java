/** The page of the ledger. */
package dev.muster.web.pages.ledger;
