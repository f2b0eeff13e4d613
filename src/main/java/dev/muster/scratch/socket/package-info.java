/** Sockets that are files, which reach what runs in a network of its own. */
package dev.muster.scratch.socket;
