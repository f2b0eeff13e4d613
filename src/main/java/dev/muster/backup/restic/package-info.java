/** Repositories of restic: what they hold is asked of the restic program, on copies of their small files. */
package dev.muster.backup.restic;
