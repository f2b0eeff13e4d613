/** The digests that others make of backups: how they are computed, and how they are written down. */
package dev.muster.backup.digest;
