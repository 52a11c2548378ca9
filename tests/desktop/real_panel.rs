//! The tray in a real panel: Xfce's.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::fixture::World;
use crate::patience::until;
use crate::stage::{Running, Stage, Theme};
use crate::window::Window;

const PATIENCE: Duration = Duration::from_secs(30);

/// A panel across the top of the screen with tray icons only.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=640;y=16"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"#;

fn starts_panel(stage: &Stage) -> Running {
    let settings = stage.home().join(".config/xfce4/xfconf/xfce-perchannel-xml");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("xfce4-panel.xml"), SETTINGS).unwrap();
    let panel = Running::start(
        stage
            .command("xfce4-panel")
            .arg("--disable-wm-check")
            .stdout(stage.log("panel.log"))
            .stderr(stage.log("panel.log")),
    );
    until("the panel shows icons", PATIENCE, || {
        let ask = ["--session", "--print-reply", "--dest=org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"];
        let what = ["org.freedesktop.DBus.Properties.Get", "string:org.kde.StatusNotifierWatcher"];
        let told =
            stage.command("dbus-send").args(ask).args(what).arg("string:IsStatusNotifierHostRegistered").output();
        told.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("boolean true"))
    });
    panel
}

/// The number of visible windows of the panel, menus included. Its plugins run in separate processes.
fn seen(stage: &Stage) -> usize {
    let whose = "[Xx]fce4-panel|[Ww]rapper";
    let found = stage.command("xdotool").args(["search", "--onlyvisible", "--class", whose]).output().unwrap();
    String::from_utf8_lossy(&found.stdout).lines().count()
}

/// The contrast between the lightest and darkest pixel of the panel's first icon: 0 to 1.
fn contrast_of_icon(stage: &Stage) -> f64 {
    let picture = stage.home().join("icon.png");
    stage.run("import", &["-window", "root", "-crop", "24x24+2+4", picture.to_str().unwrap()]);
    let told = stage.run("identify", &["-format", "%[fx:maxima-minima]", picture.to_str().unwrap()]);
    told.trim().parse().unwrap_or_default()
}

#[tokio::test]
async fn the_icon_is_in_the_panel_and_a_click_opens_its_menu() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut world = World::new(theme);
        world.stage.is_called("XFCE");
        let stage = &world.stage;
        let _panel = starts_panel(stage);
        let window = Window::open(stage).await;
        world.connects(&window).await;
        let closed = seen(stage);
        until("the icon stands out from its panel", PATIENCE, || contrast_of_icon(stage) > 0.5);

        until("the tooltip is shown", PATIENCE, || {
            stage.run("xdotool", &["mousemove", "400", "400", "mousemove", "14", "16", "mousemove_relative", "2", "0"]);
            std::thread::park_timeout(Duration::from_secs(1));
            seen(stage) > closed
        });
        photograph(stage, &format!("tooltip-{theme:?}"));
        stage.run("xdotool", &["mousemove", "400", "400"]);
        until("it is gone again", PATIENCE, || seen(stage) == closed);

        until("the menu opens", PATIENCE, || {
            stage.run("xdotool", &["mousemove", "16", "16", "click", "1"]);
            std::thread::park_timeout(Duration::from_millis(700));
            seen(stage) > closed
        });
        // Down to the connection and into its submenu.
        stage.run("xdotool", &["key", "--delay", "150", "Down", "Right"]);
        until("its own menu opens", PATIENCE, || seen(stage) > closed + 1);
        photograph(stage, &format!("{theme:?}"));
        stage.run("xdotool", &["key", "--delay", "150", "Escape", "Escape"]);
        window.close(stage).await;
    }
}

fn photograph(stage: &Stage, name: &str) {
    let to = std::env::var_os("KEYFOB_PICTURES").expect("KEYFOB_PICTURES names a folder; `make demo` sets it");
    let folder = Path::new(&to).join("tray");
    fs::create_dir_all(&folder).unwrap();
    stage.photograph(&folder.join(format!("{name}.png").to_lowercase()));
}
