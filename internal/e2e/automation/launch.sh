#!/bin/sh
# The driver starts this as its browser: it leaves its process id and becomes the app, with the flags in APP_ARGS.
echo $$ >"$APP_PIDFILE"
exec env LD_PRELOAD="$APP_SHIM" "$APP_BIN" --data "$APP_DATA" $APP_ARGS
