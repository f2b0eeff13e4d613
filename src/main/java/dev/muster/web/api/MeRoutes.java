package dev.muster.web.api;

import dev.muster.evidence.record.Section;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/** Who it is that asks. */
final class MeRoutes implements Part {
    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/me", Right.READ, MeRoutes::me);
    }

    private static void me(Context request) {
        Person person = Web.person(request);
        Json.answer(
                request,
                new Section()
                        .with("name", person.name())
                        .with("display", person.display())
                        .with("by", person.by().name())
                        .with(
                                "rights",
                                person.rights().stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .toList()));
    }
}
