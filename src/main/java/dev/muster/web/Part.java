package dev.muster.web;

/** A part of what the web server answers: the API, the pages, the entrance. */
public interface Part {
    void add(Routes routes);
}
