/** What is signed about a bundle later and lies beside it: actions, sign-offs, timestamps. */
package dev.muster.evidence.followup;
