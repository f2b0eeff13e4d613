package dev.muster.web.entrance;

import dev.muster.drill.Secret;
import dev.muster.people.Actor;
import dev.muster.people.Member;
import dev.muster.people.People;
import dev.muster.people.Register;
import dev.muster.people.Right;
import dev.muster.people.Role;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Words;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may come in, for administrators to change. */
final class PeoplePages implements Part {
    private final Register register;
    private final Layout layout;

    PeoplePages(People people, Layout layout) {
        this.register = people.register();
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/people", Right.AUDIT, request -> page(request, "", ""));
        routes.add(HandlerType.POST, "/people", Right.ADMINISTER, this::addPerson);
        routes.add(HandlerType.POST, "/people/reset", Right.ADMINISTER, this::reset);
        change(routes, "/people/roles", (by, request) -> register.changeRoles(by, name(request), roles(request)));
        change(routes, "/people/disable", (by, request) -> register.disable(by, name(request)));
        change(routes, "/people/enable", (by, request) -> register.enable(by, name(request)));
    }

    private static void change(Routes routes, String path, BiConsumer<Actor, Context> change) {
        routes.add(HandlerType.POST, path, Right.ADMINISTER, request -> {
            change.accept(by(request), request);
            request.redirect("/people", HttpStatus.SEE_OTHER);
        });
    }

    private void addPerson(Context request) {
        Secret password = register.add(by(request), name(request), text(request, "display"), roles(request));
        page(request, name(request), password.reveal());
    }

    private void reset(Context request) {
        Secret password = register.reset(by(request), name(request));
        page(request, name(request), password.reveal());
    }

    /** The page, with a password that is shown this once. */
    private void page(Context request, String name, String password) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("people", register.all().stream().map(this::row).toList());
        model.put("roles", Stream.of(Role.values()).map(PeoplePages::word).toList());
        model.put("changes", Web.person(request).may(Right.ADMINISTER));
        model.put("newcomer", name);
        model.put("password", password);
        layout.answer(request, "people", "entrance/people", model);
    }

    private Map<String, Object> row(Member member) {
        Words words = layout.words();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", member.name());
        row.put("display", member.display());
        row.put("roles", member.roles().stream().map(PeoplePages::word).sorted().toList());
        row.put("active", member.active());
        row.put("elsewhere", member.elsewhere().orElse(""));
        member.oneTimeUntil().ifPresent(until -> row.put("oneTime", words.moment(until)));
        member.lastSignIn().ifPresent(last -> row.put("last", words.moment(last)));
        return row;
    }

    private static Actor by(Context request) {
        return Actor.of(Web.person(request), request.ip());
    }

    private static Set<Role> roles(Context request) {
        List<String> chosen = request.formParams("role");
        return Stream.of(Role.values())
                .filter(role -> chosen.contains(word(role)))
                .collect(Collectors.toSet());
    }

    private static String name(Context request) {
        return text(request, "name");
    }

    private static String text(Context request, String field) {
        return Optional.ofNullable(request.formParam(field)).orElse("");
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
