/** Passwords: which are good, how they are kept, and how fast they may be tried. */
package dev.muster.people.password;
