// An OpenID Connect provider for a test: node provider.mjs PORT RETURN-TO. Each start has a signing key of its own.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import Provider from "oidc-provider";

const [port, returnTo] = process.argv.slice(2);
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
const groups = { olga: ["muster-operators", "staff"], vera: ["staff"] };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: { keys: [{ ...key, use: "sig", alg: "RS256", kid: randomUUID() }] },
  cookies: { keys: [randomUUID()] },
  clients: [{ client_id: "muster", client_secret: process.env.CLIENT_SECRET, redirect_uris: [returnTo] }],
  scopes: ["openid", "profile", "email", "groups"],
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: async (context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, name: `The one called ${id}`, preferred_username: id, groups: groups[id] ?? [] }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
