/** Chooses the backups that a drill restores together, and says of every candidate why or why not. */
package dev.muster.backup.choice;
