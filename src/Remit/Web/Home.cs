namespace Remit.Web;

/// <summary>What stands at the firm's own address: the module that has it says so once.</summary>
public static class Home
{
    public static Func<HttpContext, Task<IResult>> Show { get; set; } = http => Task.FromResult<IResult>(Results.Redirect(http.Request.PathBase + "/clients"));
}
