package dev.muster.web.pages;

import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How this installation is set up, for those who may know it. Of a secret it says no more than that there is one. */
public final class SettingsSeen implements Part {
    private final Layout layout;
    private final Supplier<List<Group>> groups;

    /** @param groups asked for each time, since keys end and files go */
    public SettingsSeen(Layout layout, Supplier<List<Group>> groups) {
        this.layout = layout;
        this.groups = groups;
    }

    /** Settings that belong together. */
    public record Group(String title, List<Line> lines) {
        public Group {
            lines = List.copyOf(lines);
        }
    }

    /** A setting, and what it is; never a secret. */
    public record Line(String name, String value) {}

    @Override
    public void add(Routes routes) {
        routes.add(
                HandlerType.GET,
                "/settings",
                Right.AUDIT,
                request -> layout.answer(
                        request,
                        "settings",
                        "settings",
                        Map.of(
                                "groups",
                                groups.get().stream().map(SettingsSeen::model).toList())));
    }

    private static Map<String, Object> model(Group group) {
        return Map.of(
                "title", group.title(),
                "lines",
                        group.lines().stream()
                                .map(line -> Map.of("name", line.name(), "value", line.value()))
                                .toList());
    }
}
