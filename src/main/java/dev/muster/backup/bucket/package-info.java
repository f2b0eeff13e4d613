/** Reads a vault: lists, looks, fetches, and compares digests; never changes anything. */
package dev.muster.backup.bucket;
