using System.Reflection;

namespace WixInbox.Pages;

/// <summary>
/// A page that is one file and needs no other: no script, and a policy by which a browser fetches nothing for it,
/// whatever it says. Pictures may be in it as <c>data:</c>, from a file of this computer.
/// </summary>
/// <param name="title">What the window is called.</param>
/// <param name="lead">What stands under the title.</param>
/// <param name="main">What the page is about.</param>
/// <param name="foot">What stands at the end.</param>
internal sealed class Page(string title, Html lead, IEnumerable<Html> main, params object?[] foot)
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private static readonly Lazy<string> s_style = new(ReadStyle);

    /// <summary>Writes the page as HTML.</summary>
    public void Write(TextWriter to)
    {
        to.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
        Html[] head =
        [
            Html.Tag("meta").With("charset", "utf-8"),
            Html.Tag("meta").With("http-equiv", "Content-Security-Policy").With("content", Policy),
            Html.Tag("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
            Html.Tag("meta").With("name", "color-scheme").With("content", "light dark"),
            Html.Tag("meta").With("name", "referrer").With("content", "no-referrer"),
            Html.Tag("title", title + " - WixInbox"),
        ];
        foreach (var element in head)
        {
            element.Write(to);
            to.Write('\n');
        }

        // A file of this project, and no text of anybody's.
        to.Write($"<style>\n{s_style.Value}</style>\n</head>\n<body>\n");
        Html.Tag("header", Html.Tag("h1", title), lead).Write(to);
        to.Write('\n');
        Html.Tag("main", main).Write(to);
        to.Write('\n');
        Html.Tag("footer", Html.Tag("p", [.. foot])).Write(to);
        to.Write("\n</body>\n</html>\n");
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("WixInbox.Pages.style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
