/** Puts a copied server back and recovers it from its log to a target. */
package dev.muster.restore.server;
