/** Asks whether backups lie in their vaults as was promised. */
package dev.muster.backup.health;
