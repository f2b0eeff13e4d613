/** Erases again in the restored data who was erased by request since the backup, and proves them absent. */
package dev.muster.check.erasure;
