/** Timestamps by an authority (RFC 3161): asked for, and verified. */
package dev.muster.signing.timestamp;
