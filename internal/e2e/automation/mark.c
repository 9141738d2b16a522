/*
 * Loaded beside the window (LD_PRELOAD), this writes to the file MARK_FILE when the page
 * can take a key: nanoseconds since 1970 at the first frame after a field got the focus.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <webkit2/webkit2.h>

static const char *script =
	"addEventListener('focusin', function ready(e) {"
	"  if (!e.target.matches('input, textarea')) return;"
	"  removeEventListener('focusin', ready, true);"
	"  requestAnimationFrame(() => setTimeout(() => webkit.messageHandlers.mark.postMessage('')));"
	"}, true);";

/* The processes of the web view inherit the environment; they need no mark. */
__attribute__((constructor)) static void begin(void) { unsetenv("LD_PRELOAD"); }

static void marked(WebKitUserContentManager *manager, WebKitJavascriptResult *result, gpointer unused) {
	struct timespec now;
	FILE *f = fopen(getenv("MARK_FILE"), "w");
	if (f == NULL) return;
	clock_gettime(CLOCK_REALTIME, &now);
	fprintf(f, "%lld%09ld\n", (long long)now.tv_sec, now.tv_nsec);
	fclose(f);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
	GtkWidget *(*make)(WebKitUserContentManager *) = dlsym(RTLD_NEXT, "webkit_web_view_new_with_user_content_manager");
	WebKitUserScript *mark = webkit_user_script_new(script, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);
	g_signal_connect(manager, "script-message-received::mark", G_CALLBACK(marked), NULL);
	webkit_user_content_manager_register_script_message_handler(manager, "mark");
	webkit_user_content_manager_add_script(manager, mark);
	webkit_user_script_unref(mark);
	return make(manager);
}
