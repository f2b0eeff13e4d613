package dev.muster.web.entrance;

import dev.muster.people.Person;
import dev.muster.people.signon.SignOn;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Sends people to the provider, and takes them when they come back. */
final class SignOnPages implements Part {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final SignOn signOn;
    private final Door door;

    SignOnPages(SignOn signOn, Door door) {
        this.signOn = signOn;
        this.door = door;
    }

    @Override
    public void add(Routes routes) {
        routes.open(HandlerType.GET, "/sign-on", this::begin);
        routes.open(HandlerType.GET, "/sign-on/return", this::complete);
    }

    private void begin(Context request) {
        SignOn.Begun begun = signOn.begin(Target.of(request.queryParam("to")).path(), returnTo(request));
        Cookies.SIGN_ON.set(request, begun.browser(), LONGEST);
        request.redirect(begun.to().toString(), HttpStatus.SEE_OTHER);
    }

    private void complete(Context request) {
        Optional<String> browser = Cookies.SIGN_ON.of(request);
        Cookies.SIGN_ON.remove(request);
        String state = Optional.ofNullable(request.queryParam("state")).orElse("");
        URI returnTo = returnTo(request);
        SignOn.Done done = signOn.complete(
                URI.create(returnTo + "?"
                        + Optional.ofNullable(request.queryString()).orElse("")),
                state,
                browser,
                returnTo,
                request.ip());
        door.open(request, done.name(), Person.Means.SIGN_ON, Target.of(done.target()));
    }

    private URI returnTo(Context request) {
        String own = signOn.address()
                .map(address -> address.toString().replaceAll("/$", ""))
                .orElseGet(() -> request.scheme() + "://" + request.host());
        return URI.create(own + "/sign-on/return");
    }
}
