package dev.muster.people.signon;

import dev.muster.drill.Secret;
import dev.muster.people.Role;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * By which provider people sign on.
 *
 * @param client as what the provider knows Muster
 * @param secret absent for a client that keeps none
 * @param address where browsers reach Muster; absent means as each browser says
 * @param claim what the provider says of people from which their roles follow
 * @param roles values of that claim, and the role for each
 */
public record SignOnSettings(
        URI issuer,
        String client,
        Optional<Supplier<Secret>> secret,
        Optional<URI> address,
        String claim,
        Map<String, Role> roles) {
    public SignOnSettings {
        roles = Map.copyOf(roles);
    }
}
