/** Knows who may do what: users, roles, sessions, tokens and sign-on elsewhere. */
package dev.muster.people;
