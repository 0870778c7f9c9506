/** Whether a problem's code says that time was up, the plugin's own or the run's; trees show it as Sonobuoy's status `timeout`. */
export const isTimeOutCode = (code: string | undefined): boolean => code === "timed-out" || code === "run-timed-out";
