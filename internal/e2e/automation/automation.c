/*
 * Loaded beside the window (LD_PRELOAD), this lets a WebDriver steer a web view that
 * was not made for it: the view is created as one under automation, and handed out
 * when the driver asks for it.
 */
#include <webkit2/webkit2.h>

static WebKitWebView *view;

static WebKitWebView *hand_out(WebKitAutomationSession *session, gpointer unused) { return view; }

static void begin(WebKitWebContext *context, WebKitAutomationSession *session, gpointer unused) {
	WebKitApplicationInfo *info = webkit_application_info_new();
	webkit_application_info_set_name(info, "quarterdeck");
	webkit_automation_session_set_application_info(session, info);
	webkit_application_info_unref(info);
	g_signal_connect(session, "create-web-view", G_CALLBACK(hand_out), NULL);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
	WebKitWebContext *context = webkit_web_context_get_default();
	webkit_web_context_set_automation_allowed(context, TRUE);
	g_signal_connect(context, "automation-started", G_CALLBACK(begin), NULL);
	view = WEBKIT_WEB_VIEW(g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", manager, "is-controlled-by-automation", TRUE, NULL));
	return GTK_WIDGET(view);
}
