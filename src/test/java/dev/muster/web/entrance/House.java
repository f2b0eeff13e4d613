package dev.muster.web.entrance;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.people.Directory;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.evidence.report.Presentation;
import dev.muster.ledger.Ledger;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Right;
import dev.muster.people.Role;
import dev.muster.people.SessionRules;
import dev.muster.people.signon.SignOn;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.template.Pages;
import dev.muster.testing.TurnedClock;
import dev.muster.web.Part;
import dev.muster.web.Web;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.StaticFiles;
import dev.muster.web.pages.Words;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A web server with an entrance, and behind it a page and an API that tell who has come in. */
final class House implements AutoCloseable {
    static final String PASSWORD = "correct sentence of words";

    /** Finer than a database keeps, as real clocks are. */
    final TurnedClock clock = TurnedClock.at(Instant.parse("2026-11-21T12:00:00.000000700Z"));

    final Catalog catalog;
    final Ledger ledger;
    final People people;
    private final Web web;

    House(Path folder) {
        this(folder, Optional.empty());
    }

    House(Path folder, Optional<SignOnSettings> signOn) {
        catalog = Catalog.open("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1");
        ledger = Ledger.open(folder.resolve("ledger"), clock);
        people = new People(catalog, ledger, SessionRules.USUAL, clock);
        Layout layout = new Layout(
                new Pages(), new StaticFiles(), new Words(Presentation.USUAL, clock), "test", Optional.empty());
        Entrance entrance = new Entrance(
                people,
                signOn.map(settings -> new SignOn(settings, new Directory(catalog).signOns(), people.guests(), clock)),
                layout);
        Part inside = routes -> {
            routes.add(
                    HandlerType.GET,
                    "/",
                    Right.READ,
                    request -> request.result(Web.person(request).name()));
            routes.add(
                    HandlerType.GET,
                    "/api/v1/who",
                    Right.READ,
                    request -> request.result(Web.person(request).name()));
            routes.add(HandlerType.POST, "/api/v1/start", Right.START, request -> request.result("started"));
        };
        web = Web.start("127.0.0.1", 0, entrance, List.of(entrance, inside));
    }

    URI home() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    Browser browser() {
        return new Browser(home());
    }

    /** Adds somebody who has chosen {@link #PASSWORD}, and is signed in with nothing. */
    void add(String name, Role... roles) throws IOException, InterruptedException {
        String oneTime =
                people.register().add(Actor.service(), name, "", Set.of(roles)).reveal();
        Browser browser = browser();
        browser.signIn(name, oneTime);
        browser.submit("/me/password", "/me/password", "old", oneTime, "password", PASSWORD, "again", PASSWORD);
        browser.submit("/me", "/logout");
    }

    /** A browser in which somebody is signed in. */
    Browser signedIn(String name) throws IOException, InterruptedException {
        Browser browser = browser();
        browser.signIn(name, PASSWORD);
        return browser;
    }

    List<LedgerEvent> acted(String action) {
        return ledger.events().stream()
                .filter(event -> event.kind() == EventKind.ACTED)
                .filter(event -> action.equals(event.details().get("action")))
                .toList();
    }

    @Override
    public void close() {
        web.close();
        catalog.close();
    }
}
