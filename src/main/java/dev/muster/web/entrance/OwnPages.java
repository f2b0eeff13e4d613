package dev.muster.web.entrance;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import dev.muster.people.Action;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.people.Session;
import dev.muster.people.Token;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What somebody sees and changes of themselves: password, sessions, tokens. */
final class OwnPages implements Part {
    private final People people;
    private final Layout layout;

    OwnPages(People people, Layout layout) {
        this.people = people;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.open(HandlerType.GET, "/me", request -> signedIn(request).ifPresent(own -> page(request, own, "")));
        routes.open(
                HandlerType.GET,
                "/me/password",
                request -> session(request).ifPresent(own -> password(request, own, Optional.empty())));
        routes.open(
                HandlerType.POST,
                "/me/password",
                request -> session(request).ifPresent(own -> changePassword(request, own)));
        routes.open(
                HandlerType.POST,
                "/me/sessions",
                request -> signedIn(request).ifPresent(own -> endSession(request, own)));
    }

    /** The session of whoever asks; without one they are sent to sign in. Programs have none. */
    static Optional<Session> session(Context request) {
        Session session = request.attribute(Entrance.SESSION);
        if (session == null) {
            request.redirect("/login?to=/me", HttpStatus.SEE_OTHER);
        }
        return Optional.ofNullable(session);
    }

    /** The same for what needs a password that is one's own. */
    static Optional<Session> signedIn(Context request) {
        return session(request).filter(session -> {
            if (session.mustChange()) {
                request.redirect("/me/password", HttpStatus.SEE_OTHER);
            }
            return !session.mustChange();
        });
    }

    /** The page, with a token that is shown this once. */
    void page(Context request, Session own, String token) {
        Words words = layout.words();
        Person person = own.person();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", person.name());
        model.put("local", person.by() == Person.Means.PASSWORD);
        model.put("token", token);
        model.put(
                "rights",
                new TreeSet<>(person.rights()).stream().map(Right::name).toList());
        model.put(
                "sessions",
                people.sessions().of(person.name()).stream()
                        .map(session -> Map.<String, Object>of(
                                "key", session.key(),
                                "here", session.key().equals(own.key()),
                                "began", words.moment(session.began()),
                                "seen", words.moment(session.seen()),
                                "address", session.address(),
                                "browser", session.browser()))
                        .toList());
        model.put(
                "tokens",
                people.tokens().of(person.name()).stream().map(this::token).toList());
        layout.answer(request, "me", "entrance/me", model);
    }

    private Map<String, Object> token(Token token) {
        Words words = layout.words();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", token.id());
        model.put("label", token.label());
        model.put(
                "rights",
                String.join(
                        ", ",
                        new TreeSet<>(token.rights()).stream().map(Right::name).toList()));
        model.put("expires", words.moment(token.expires()));
        token.used().ifPresent(used -> model.put("used", words.moment(used)));
        model.put("holds", token.holds(words.now()));
        return model;
    }

    private void endSession(Context request, Session own) {
        String key = Optional.ofNullable(request.formParam("session")).orElse("");
        Person person = own.person();
        if (key.equals("others")) {
            people.sessions().endOthers(person.name(), own.key());
        } else if (!people.sessions().end(person.name(), key)) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN,
                    new Problem(
                            "You have no such session", "/me", "It may have ended by itself; see the list on /me."));
        }
        people.audit().note(Actor.of(person, request.ip()), Action.END_SESSIONS, person.name());
        request.redirect("/me", HttpStatus.SEE_OTHER);
    }

    private void changePassword(Context request, Session own) {
        Secret old = secret(request, "old");
        Secret chosen = secret(request, "password");
        try {
            if (!chosen.reveal().equals(secret(request, "again").reveal())) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        new Problem("The two new passwords differ", "", "Type the same one twice."));
            }
            people.register().changePassword(own, old, chosen, Actor.of(own.person(), request.ip()));
            request.redirect("/me", HttpStatus.SEE_OTHER);
        } catch (Refusal refused) {
            request.status(HttpStatus.UNPROCESSABLE_CONTENT);
            password(request, own, Optional.of(refused.problem()));
        }
    }

    private void password(Context request, Session own, Optional<Problem> trouble) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", own.person().name());
        model.put("first", own.mustChange());
        trouble.ifPresent(problem -> model.put("problem", Words.problem(problem)));
        layout.answer(request, "me", "entrance/password", model);
    }

    private static Secret secret(Context request, String field) {
        return new Secret(Optional.ofNullable(request.formParam(field)).orElse(""));
    }
}
