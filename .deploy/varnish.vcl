vcl 4.1;

# Varnish in front of Causeway: CAUSEWAY_EDGES=varnish+http://127.0.0.1:6081
backend default { .host = "127.0.0.1"; .port = "8000"; }

# Who may tell it to forget.
acl causeway { "127.0.0.1"; "::1"; }

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ causeway) { return (synth(403)); }
        ban("obj.http.Surrogate-Key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")(\s|$)");
        return (synth(200));
    }
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    # Whoever is somebody, or chose light or dark, is answered by the wiki. No other cookie means anything to it.
    if (req.http.Cookie ~ "(session|theme)") { return (pass); }
    unset req.http.Cookie;
    return (hash);
}

sub vcl_backend_response {
    # What the wiki does not say how long to keep is not kept, and nothing is kept for longer than it says.
    set beresp.grace = 0s;
    set beresp.keep = 1h;
    if (beresp.http.Cache-Control !~ "s-maxage" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
    }
}
