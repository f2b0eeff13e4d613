/** Knows the names and the order of the files of a write-ahead log. */
package dev.muster.backup.log;
