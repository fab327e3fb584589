namespace WixInbox;

/// <summary>How a template's card is laid out.</summary>
public enum TemplateOrientation
{
    /// <summary>The picture above the text (<c>PORTRAIT</c>, the API's default).</summary>
    Portrait,

    /// <summary>The picture beside the text (<c>LANDSCAPE</c>).</summary>
    Landscape,
}
