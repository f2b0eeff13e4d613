/** How people come in and go out, and who they are: sign-in, sign-on elsewhere, sessions, tokens, the people page. */
package dev.muster.web.entrance;
