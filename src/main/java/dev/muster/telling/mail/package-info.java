/** Tells people by mail. */
package dev.muster.telling.mail;
