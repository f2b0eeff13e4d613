package dev.muster.web;

import dev.muster.drill.Problem;
import io.javalin.http.Context;

/** Shows a problem to somebody with a browser. */
public interface ProblemPage {
    /** As plain as it can be. */
    ProblemPage PLAIN = (request, status, problem) -> "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>"
            + status + "</title><h1>" + escaped(problem.what()) + "</h1><p>" + escaped(problem.where()) + "</p><p>"
            + escaped(problem.remedy()) + "</p></html>";

    /** The page as HTML; the answer's status is set already. */
    String render(Context request, int status, Problem problem);

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
