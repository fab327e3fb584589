namespace WixInbox;

/// <summary>What the Button Interacted event tells the app when a button is pressed.</summary>
public sealed class PostbackProperties : WixObject
{
    /// <summary>Gets or sets the id by which the app knows the button: 1 to 256 characters.</summary>
    public string? InteractionId { get; set; }

    /// <summary>Gets or sets the id of the app that is told. The server sets it.</summary>
    public string? AppId { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The id of the interaction.</returns>
    public override string ToString() => InteractionId ?? string.Empty;
}
