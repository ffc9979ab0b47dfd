//! Small sites of every generator, for the window to open.

use std::path::{Path, PathBuf};

/// What a post is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    CommonMark,
    Hugo,
    Jekyll,
    Zola,
    Hexo,
    Astro,
}

pub(crate) const ENGINES: [Engine; 6] =
    [Engine::Hugo, Engine::Jekyll, Engine::Zola, Engine::Hexo, Engine::Astro, Engine::CommonMark];

/// Between these the layouts print the content.
pub(crate) const BEGIN: &str = "<i id=\"content-begins-here\"></i>";
pub(crate) const END: &str = "<i id=\"content-ends-here\"></i>";

impl Engine {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CommonMark => "commonmark",
            Self::Hugo => "hugo",
            Self::Jekyll => "jekyll",
            Self::Zola => "zola",
            Self::Hexo => "hexo",
            Self::Astro => "astro",
        }
    }

    /// The site's configuration, and a layout that prints a post's content and nothing else.
    pub(crate) fn write_site(self, site: &Path) {
        let layout = |content: &str| format!("{BEGIN}{content}{END}");
        match self {
            Self::CommonMark => {}
            Self::Hugo => {
                write(&site.join("hugo.toml"), HUGO);
                for name in ["layouts/_default/single.html", "layouts/page.html"] {
                    write(&site.join(name), &layout("{{ .Content }}"));
                }
            }
            Self::Jekyll => {
                write(
                    &site.join("_config.yml"),
                    "title: Notes\npermalink: /:title.html\nexcerpt_separator: \"\"\nplugins: []\n",
                );
                write(&site.join("_layouts/post.html"), &layout("{{ content }}"));
            }
            Self::Zola => write(
                &site.join("config.toml"),
                "base_url = \"https://example.org\"\n[markdown]\nrender_emoji = false\n",
            ),
            Self::Hexo => {
                write(&site.join("_config.yml"), "title: Notes\nurl: https://example.org\nroot: /\n");
                write(
                    &site.join("package.json"),
                    "{\"hexo\":{\"version\":\"8.1.2\"},\"dependencies\":{\"hexo\":\"^8\",\"hexo-renderer-marked\":\"^7\"}}",
                );
            }
            Self::Astro => {
                write(&site.join("astro.config.mjs"), "export default {};\n");
                write(
                    &site.join("package.json"),
                    "{\"type\":\"module\",\"dependencies\":{\"astro\":\"^7\"}}",
                );
                write(&site.join("src/content.config.ts"), COLLECTION);
                let page = ASTRO_PAGE.replace("BEGIN", BEGIN).replace("END", END);
                write(&site.join("src/pages/[...id].astro"), &page);
            }
        }
    }

    /// Writes a post; answers its path. The title is YAML as it is written.
    pub(crate) fn write_post(self, site: &Path, name: &str, title: &str, body: &str) -> PathBuf {
        let path = site.join(match self {
            Self::CommonMark => format!("{name}.md"),
            Self::Hugo => format!("content/posts/{name}.md"),
            Self::Jekyll => format!("_posts/2025-01-01-{name}.md"),
            Self::Zola => format!("content/{name}.md"),
            Self::Hexo => format!("source/_posts/{name}.md"),
            Self::Astro => format!("src/content/posts/{name}.md"),
        });
        let front_matter = match self {
            Self::CommonMark => String::new(),
            Self::Zola => format!("+++\ntitle = {title}\ndate = 2025-01-01\n+++\n"),
            Self::Jekyll => format!("---\nlayout: post\ntitle: {title}\n---\n"),
            Self::Hugo | Self::Hexo | Self::Astro => format!("---\ntitle: {title}\ndate: 2025-01-01\n---\n"),
        };
        write(&path, &format!("{front_matter}{body}"));
        path
    }
}

const HUGO: &str = r#"baseURL = "https://example.org/"
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
refLinksErrorLevel = "WARNING"
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
title = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["\\(", "\\)"]]
"#;

const COLLECTION: &str = "\
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = {
  posts: defineCollection({ loader: glob({ pattern: '*.md', base: 'src/content/posts' }) }),
};
";

const ASTRO_PAGE: &str = "\
---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  return (await getCollection('posts')).map((post) => ({ params: { id: post.id }, props: { post } }));
}
const { Content } = await render(Astro.props.post);
---
<Fragment set:html={'BEGIN'} /><Content /><Fragment set:html={'END'} />
";

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
