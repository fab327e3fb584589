namespace WixInbox;

/// <summary>
/// Whose identity a message carries. Wix has a third value, <c>BUSINESS_USER</c>, which is for its own use and is not
/// sent.
/// </summary>
public enum SendAs
{
    /// <summary>The identity of the credentials: for an app, the app (<c>CALLER</c>, the API's default).</summary>
    Caller,

    /// <summary>The conversation's participant (<c>PARTICIPANT</c>).</summary>
    Participant,
}
