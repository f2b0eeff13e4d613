/** Starts an application on a copy of the restored database, and waits until it is up. */
package dev.muster.check.application;
