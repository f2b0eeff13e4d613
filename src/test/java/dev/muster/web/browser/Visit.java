package dev.muster.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody looks at pages, and hears whatever the browser complains about. */
public final class Visit implements AutoCloseable {
    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String RULES = """
            async () => (await axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"], iframes: false
            })).violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 200) + " " + n.failureSummary).join("; "))
            """;
    /** Follows the tabulator once around the page; what is reached has to show it. */
    private static final String REACHABLE = """
            () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")]
                .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
                    && (e.type !== "radio" || e.checked) && !e.closest("[hidden]")).length
            """;

    private static final int WIDE = 1280;
    private static final int PHONE = 390;

    private final BrowserContext context;
    public final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Visit(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(15_000);
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + " " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + " " + error));
    }

    public static Visit with(Browser browser, String base) {
        return new Visit(browser.newContext(new Browser.NewContextOptions().setBaseURL(base)));
    }

    public static Visit withoutScripts(Browser browser, String base) {
        return new Visit(browser.newContext(
                new Browser.NewContextOptions().setBaseURL(base).setJavaScriptEnabled(false)));
    }

    /** What the browser complained about so far: errors of scripts, and what the policy of the page forbade. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What keeps people from reading this page, in light and dark, wide and on a phone. */
    public List<String> obstacles() {
        List<String> found = new ArrayList<>();
        page.evaluate(AXE);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(WIDE, PHONE)) {
                page.setViewportSize(width, 900);
                String where = page.url() + " " + scheme + " " + width + ": ";
                ((List<?>) page.evaluate(RULES)).forEach(one -> found.add(where + one));
                if ((boolean) page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")) {
                    found.add(where + "has to be moved sideways to be read");
                }
                picture(scheme + "-" + width);
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(WIDE, 900);
        return found;
    }

    /** The tabulator reaches every control, and each shows that it has been reached. */
    public void reachesEverythingByKeyboard() {
        int controls = ((Number) page.evaluate(REACHABLE)).intValue();
        page.evaluate("() => { window.reached = new Set(); document.activeElement.blur(); }");
        // A date has several fields of its own.
        int dates = page.locator("input[type^=date]").count();
        for (int step = 0; step < controls + 7 * dates + 3; step++) {
            page.keyboard().press("Tab");
            Object unseen = page.evaluate("""
                    () => {
                        const e = document.activeElement;
                        if (e === document.body || e.tagName === "IFRAME") { return null; }
                        window.reached.add(e);
                        const style = getComputedStyle(e);
                        return style.outlineStyle === "none" && style.boxShadow === "none" ? e.outerHTML.slice(0, 200) : null;
                    }
                    """);
            assertThat(unseen).as("the focus can be seen at %s", page.url()).isNull();
        }
        assertThat(((Number) page.evaluate("() => window.reached.size")).intValue())
                .as("controls of %s that the tabulator reaches", page.url())
                .isGreaterThanOrEqualTo(controls);
    }

    /** With {@code -Dpages.pictures=DIR} a picture of each page lies there, for people to look at. */
    private void picture(String of) {
        Optional.ofNullable(System.getProperty("pages.pictures"))
                .map(Path::of)
                .ifPresent(folder -> page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(folder.resolve(
                                page.url().replaceFirst("https?://[^/]*/", "").replaceAll("[^A-Za-z0-9]+", "-") + "-"
                                        + of + ".png"))));
    }

    private static String read(String resource) {
        try (InputStream input = Visit.class.getResourceAsStream(resource)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
