using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A page as it was written, taken apart.</summary>
internal sealed class PageText
{
    public PageText(string path)
    {
        Html = File.ReadAllText(path);

        // Apart from pictures, which have no end, the body is XML too, by which it is seen that whatever is begun is
        // ended.
        var body = Regex.Match(Html, "<body>.*</body>", RegexOptions.Singleline).Value;
        Body = XElement.Parse(Regex.Replace(body, "(<img [^>]*)>", "$1/>"), LoadOptions.PreserveWhitespace);
    }

    /// <summary>Has a script make a page, and reads it.</summary>
    public static PageText MadeBy(Engine engine, string script, string path)
    {
        var result = engine.Run($"{script} -Path '{path}' -PassThru");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Single(result.Output);
        return new PageText(path);
    }

    public string Html { get; }

    public XElement Body { get; }

    /// <summary>Gets the rows.</summary>
    public XElement[] Rows => [.. Body.Descendants("article")];

    /// <summary>Gets the elements of a class.</summary>
    public XElement[] Of(string name) => Of(Body, name);

    public static XElement[] Of(XElement element, string name) =>
        [.. element.Descendants().Where(each => ((string?)each.Attribute("class"))?.Split(' ').Contains(name) == true)];

    /// <summary>Gets the texts of the elements of a class.</summary>
    public string[] TextsOf(string name) => [.. Of(name).Select(element => element.Value)];

    /// <summary>Gets the figures at the top.</summary>
    public string[] Figures =>
    [
        .. Of("figures")[0].Elements()
            .Select(figure => $"{figure.Element("dt")!.Value} {figure.Element("dd")!.FirstNode}"),
    ];
}
