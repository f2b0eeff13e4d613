package dev.muster.web.entrance;

import dev.muster.drill.Secret;
import dev.muster.people.Action;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Person;
import dev.muster.people.SignIn;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Layout;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sign in by name and password, and sign out. */
final class LoginPages implements Part {
    private final People people;
    private final Door door;
    private final boolean signOn;
    private final Layout layout;

    LoginPages(People people, Door door, boolean signOn, Layout layout) {
        this.people = people;
        this.door = door;
        this.signOn = signOn;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.open(HandlerType.GET, "/login", this::ask);
        routes.open(HandlerType.POST, "/login", this::signIn);
        routes.open(HandlerType.POST, "/logout", this::signOut);
    }

    private void ask(Context request) {
        if (request.attribute(Entrance.SESSION) != null) {
            request.redirect(Target.of(request.queryParam("to")).path(), HttpStatus.SEE_OTHER);
            return;
        }
        page(request, HttpStatus.OK, Target.of(request.queryParam("to")), "");
    }

    private void signIn(Context request) {
        if (request.attribute(Entrance.SESSION) == null) {
            Forgery.refuse(request, Cookies.FORM.of(request));
        }
        Target target = Target.of(request.formParam("to"));
        String name = Optional.ofNullable(request.formParam("name")).orElse("");
        Secret password =
                new Secret(Optional.ofNullable(request.formParam("password")).orElse(""));
        SignIn.Outcome outcome = people.signIn().with(name, password, request.ip(), Cookies.KNOWN.of(request));
        Optional<Duration> pause = outcome.pause();
        if (outcome.name().isPresent()) {
            door.remember(request, outcome.name().get());
            door.open(request, outcome.name().get(), Person.Means.PASSWORD, target);
        } else if (pause.isPresent()) {
            long seconds = pause.get().toSeconds() + 1;
            request.header("Retry-After", Long.toString(seconds));
            page(
                    request,
                    HttpStatus.TOO_MANY_REQUESTS,
                    target,
                    "Too many tries. Wait " + seconds + " s, then try again.");
        } else {
            page(request, HttpStatus.UNAUTHORIZED, target, "Name or password is wrong.");
        }
    }

    private void signOut(Context request) {
        door.close(request)
                .ifPresent(
                        session -> people.audit().note(Actor.of(session.person(), request.ip()), Action.SIGN_OUT, ""));
        // Pages that the browser still keeps are nobody's any more.
        request.header("Clear-Site-Data", "\"cache\"");
        request.redirect("/login", HttpStatus.SEE_OTHER);
    }

    private void page(Context request, HttpStatus status, Target target, String trouble) {
        String form = Cookies.FORM.of(request).orElseGet(door::fresh);
        Cookies.FORM.set(request, form);
        request.attribute(Layout.CSRF, Forgery.token(form));
        Map<String, Object> model = new HashMap<>();
        model.put("to", target.path());
        model.put("trouble", trouble);
        model.put("signOn", signOn ? target.after("/sign-on") : "");
        request.status(status);
        layout.answer(request, "", "entrance/login", model);
    }
}
