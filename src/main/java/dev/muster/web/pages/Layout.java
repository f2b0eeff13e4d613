package dev.muster.web.pages;

import dev.muster.drill.Problem;
import dev.muster.people.Person;
import dev.muster.template.Pages;
import dev.muster.web.ProblemPage;
import dev.muster.web.Web;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers requests with pages: each in the common layout, for whoever asks. */
public final class Layout implements ProblemPage {
    /** Under this name a request knows the token that its forms send back. */
    public static final String CSRF = "csrf";

    private static final Set<String> THEMES = Set.of("light", "dark");

    private final Pages pages;
    private final StaticFiles files;
    private final Words words;
    private final String version;
    private final Optional<String> organisation;

    public Layout(Pages pages, StaticFiles files, Words words, String version, Optional<String> organisation) {
        this.pages = pages;
        this.files = files;
        this.words = words;
        this.version = version;
        this.organisation = organisation;
    }

    public Words words() {
        return words;
    }

    /**
     * Answers with a page.
     *
     * @param section the entry of the navigation to which it belongs, such as {@code overview}
     * @param template its name below {@code templates/pages}, without ending
     */
    public void answer(Context request, String section, String template, Map<String, Object> model) {
        request.header("Cache-Control", "no-store");
        request.html(html(request, section, template, model));
    }

    @Override
    public String render(Context request, int status, Problem problem) {
        return html(
                request,
                "",
                "problem",
                Map.of("title", title(status), "status", status, "problem", Words.problem(problem)));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "This was asked in a way that makes no sense";
            case 401 -> "Sign in first";
            case 403 -> "You may not do this";
            case 404 -> "There is no such page";
            case 409 -> "This cannot be done now";
            case 413 -> "This is too large";
            case 429 -> "Too many requests";
            default -> status < 500 ? "This cannot be done" : "Something went wrong";
        };
    }

    private String html(Context request, String section, String template, Map<String, Object> model) {
        Map<String, Object> whole = new LinkedHashMap<>(model);
        whole.put("page", page(request, section));
        String csrf = request.attribute(CSRF);
        whole.put("csrf", csrf == null ? "" : csrf);
        return pages.render(template, whole);
    }

    private Map<String, Object> page(Context request, String section) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("section", section);
        page.put("path", request.path());
        page.put("version", version);
        page.put("files", files.addresses());
        page.put("now", words.moment(words.now()));
        organisation.ifPresent(name -> page.put("organisation", name));
        List<String> rights = new ArrayList<>();
        Person person = request.attribute(Web.PERSON);
        if (person != null) {
            page.put("person", Map.of("name", person.name(), "display", person.display()));
            person.rights().forEach(right -> rights.add(right.name()));
        }
        page.put("rights", rights);
        String theme = request.cookie("theme");
        if (theme != null && THEMES.contains(theme)) {
            page.put("theme", theme);
        }
        return page;
    }
}
