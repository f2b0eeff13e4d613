/** What is done with evidence after its drill: signing what was left unsigned, actions, sign-offs. */
package dev.muster.orchestrator.followup;
