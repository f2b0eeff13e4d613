/** Finds the PostgreSQL programs that a scratch can use: those of the machine and the servers that come with Muster. */
package dev.muster.scratch.postgres;
