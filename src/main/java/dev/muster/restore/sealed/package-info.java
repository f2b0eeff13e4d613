/** Decrypts what was encrypted as a whole, in the scratch and with the program that encrypted it. */
package dev.muster.restore.sealed;
