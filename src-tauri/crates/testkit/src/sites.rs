//! Small sites that the real generators build.

use std::path::Path;

/// A picture of one pixel.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A Hugo site with one post, layouts that show title, date, tags and content, and page bundles.
pub fn hugo_site(root: &Path) {
    write(
        root,
        "hugo.toml",
        "baseURL = \"https://example.org/\"\ntitle = \"Hugo notes\"\ntimeZone = \"Asia/Seoul\"\n",
    );
    let single = "<html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>\
        <time>{{ .Date.Format \"2006-01-02T15:04:05-07:00\" }}</time>\
        <ul>{{ range .Params.tags }}<li class=\"tag\">{{ . }}</li>{{ end }}</ul>\n<article>\n{{ .Content }}</article></body></html>\n";
    for (name, layout) in
        [("page", single), ("single", single), ("list", "{{ .Title }}\n"), ("home", "{{ .Title }}\n")]
    {
        write(root, &format!("layouts/_default/{name}.html"), layout);
    }
    write(
        root,
        "layouts/index.html",
        "{{ range .Site.RegularPages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>\n{{ end }}",
    );
    write(
        root,
        "content/posts/first-post/index.md",
        "---\ntitle: \"First post\"\ndate: 2025-03-01T09:00:00+09:00\ndraft: false\ntags:\n  - start # the first one\n---\n\nHello from the first post.\n",
    );
}

/// A Jekyll site with one post and a layout that shows title, date, tags and content.
pub fn jekyll_site(root: &Path) {
    write(root, "_config.yml", "title: Jekyll notes\ntimezone: Asia/Seoul\nbaseurl: \"\"\n");
    let post = "<html><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>\
        <time>{{ page.date | date_to_xmlschema }}</time>\
        <ul>{% for tag in page.tags %}<li class=\"tag\">{{ tag }}</li>{% endfor %}</ul>\n<article>\n{{ content }}</article></body></html>\n";
    write(root, "_layouts/post.html", post);
    write(
        root,
        "index.html",
        "---\n---\n{% for post in site.posts %}<a href=\"{{ post.url }}\">{{ post.title }}</a>\n{% endfor %}",
    );
    write(
        root,
        "_posts/2025-03-01-first-post.md",
        "---\nlayout: post\ntitle:  'First post'\ndate: 2025-03-01 09:00:00 +0900\ntags: [start]\n---\n\nHello from the first post.\n",
    );
}

/// A Hexo site with one post, its folder of assets, and a theme that shows title, date, tags and content.
pub fn hexo_site(root: &Path) {
    write(
        root,
        "_config.yml",
        "title: Hexo notes\nurl: https://example.org\ntimezone: Asia/Seoul\ntheme: plain\n\
         post_asset_folder: true\npermalink: :year/:month/:day/:title/\n",
    );
    write(root, "package.json", "{\"name\":\"site\",\"dependencies\":{\"hexo\":\"8.1.2\"}}");
    let post = "<h1>{{ page.title }}</h1><time>{{ date_xml(page.date) }}</time>\
        {% for tag in page.tags.toArray() %}<li class=\"tag\">{{ tag.name }}</li>{% endfor %}\n\
        <article>{{ page.content }}</article>\n";
    write(root, "themes/plain/layout/post.njk", post);
    write(root, "themes/plain/layout/index.njk", "{{ page.title }}\n");
    write(
        root,
        "source/_posts/first-post.md",
        "---\ntitle: First post\ndate: 2025-03-01 09:00:00\ntags: [start]\n---\n\nHello from the first post.\n",
    );
    write(root, "source/_posts/first-post/note.txt", "an asset\n");
}

/// An Astro site with one post and a page that shows title, date, tags and content of each post that is no draft.
pub fn astro_site(root: &Path) {
    write(root, "package.json", "{\"type\":\"module\",\"dependencies\":{\"astro\":\"^7.0.0\"}}");
    write(root, "astro.config.mjs", "export default { site: 'https://example.org' };\n");
    let collection = "import { defineCollection } from 'astro:content';\nimport { glob } from 'astro/loaders';\n\
        import { z } from 'astro/zod';\n\
        const schema = z.object({ title: z.string(), date: z.coerce.date(), tags: z.array(z.string()).default([]), draft: z.boolean().default(false) });\n\
        export const collections = { blog: defineCollection({ loader: glob({ pattern: '**/*.md', base: 'src/content/blog' }), schema }) };\n";
    write(root, "src/content.config.ts", collection);
    let page = "---\nimport { getCollection, render } from 'astro:content';\n\
        export async function getStaticPaths() {\n\
        const posts = await getCollection('blog', ({ data }) => !data.draft);\n\
        return posts.map((post) => ({ params: { id: post.id }, props: { post } }));\n}\n\
        const { post } = Astro.props;\nconst { Content } = await render(post);\n---\n\
        <html><body><h1>{post.data.title}</h1><time>{post.data.date.toISOString()}</time>\
        <ul>{post.data.tags.map((tag) => <li class=\"tag\">{tag}</li>)}</ul><article><Content /></article></body></html>\n";
    write(root, "src/pages/blog/[...id].astro", page);
    write(
        root,
        "src/content/blog/first-post.md",
        "---\ntitle: First post\ndate: 2025-03-01T09:00:00+09:00\ntags: [start]\ndraft: false\n---\n\nHello from the first post.\n",
    );
}

fn write(root: &Path, name: &str, content: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}
